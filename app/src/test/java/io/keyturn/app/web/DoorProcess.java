package io.keyturn.app.web;

import io.keyturn.core.policy.Approval;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server in a process of its own: its limits on time are read once in a process, so that a test gives them to a new one. */
final class DoorProcess implements AutoCloseable {
    private final Process process;
    private final InetSocketAddress address;

    private DoorProcess(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    /** One that has so many seconds for a request, and for an answer. */
    static DoorProcess patient(int seconds) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dsun.net.httpserver.maxReqTime=" + seconds,
                "-Dsun.net.httpserver.maxRspTime=" + seconds,
                "-Dsun.net.httpserver.timerMillis=100"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), DoorProcess.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int port = Integer.parseInt(process.inputReader().readLine());
        return new DoorProcess(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    InetSocketAddress address() {
        return address;
    }

    /** Serves until its input ends, so that it outlives no test. */
    public static void main(String[] arguments) throws Exception {
        Door door = Door.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new LocalAccess("n.iyer"),
                Optional.empty(),
                new StillSite(Approval.TWO),
                InstantSource.fixed(StillSite.NOW),
                line -> {});
        System.out.println(door.address().getPort());
        System.in.read();
        door.close();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
