package io.keyturn.app.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads where a server listens, such as {@code 127.0.0.1:8780}, {@code [::1]:0} or {@code 8780}. */
final class ListenAddress implements ITypeConverter<InetSocketAddress> {
    private static final int MOST = 65_535;

    @Override
    public InetSocketAddress convert(String word) {
        int colon = word.lastIndexOf(':');
        String host = colon < 0 ? "127.0.0.1" : word.substring(0, colon);
        try {
            int port = Integer.parseInt(word.substring(colon + 1));
            if (port >= 0 && port <= MOST && !host.isEmpty()) {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            }
        } catch (NumberFormatException e) {
            throw wrong(word);
        } catch (UnknownHostException e) {
            throw new TypeConversionException(
                    "this machine has no address \"" + host + "\": name one, such as 127.0.0.1");
        }
        throw wrong(word);
    }

    private static TypeConversionException wrong(String word) {
        return new TypeConversionException(
                "\"" + word + "\" is no address to listen on: write 127.0.0.1:8780, or port 0 for any free one");
    }
}
