package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class DetailsPageTest {
    private static final String USER = "<member><Path>/team/</Path><UserName>ann</UserName><UserId>AIDAANN</UserId>"
            + "<Arn>arn:aws:iam::111122223333:user/team/ann</Arn><CreateDate>2023-01-01T00:00:00Z</CreateDate>"
            + "<UserPolicyList><member><PolicyName>zeta</PolicyName><PolicyDocument>%7B%7D</PolicyDocument></member>"
            + "</UserPolicyList><GroupList><member>ops</member><member>dev</member></GroupList>"
            + "<AttachedManagedPolicies><member><PolicyName>alpha</PolicyName><PolicyArn>arn:x</PolicyArn></member>"
            + "</AttachedManagedPolicies><PermissionsBoundary><PermissionsBoundaryArn>arn:b</PermissionsBoundaryArn>"
            + "</PermissionsBoundary><Tags><member><Key>a &amp; b</Key><Value>&lt;c&gt;</Value></member>"
            + "<member><Key>empty</Key><Value></Value></member></Tags></member>";

    private static DetailsPage parse(String inner) throws XMLStreamException {
        return text(FakeAws.result("GetAccountAuthorizationDetails", inner));
    }

    private static DetailsPage text(String xml) throws XMLStreamException {
        return OwnParser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), DetailsPage::read);
    }

    @Test
    void everyDetailOfAUserIsRead() throws Exception {
        DetailsPage page = parse("<IsTruncated>true</IsTruncated><UserDetailList>\n " + USER
                + "\n</UserDetailList><RoleDetailList><member><RoleName>r</RoleName></member></RoleDetailList>"
                + "<Marker>next</Marker>");
        assertThat(page.next()).isEqualTo("next");
        assertThat(page.users()).hasSize(1);
        DetailsPage.Detail ann = page.users().getFirst();
        assertThat(ann.head().name().value()).isEqualTo("ann");
        assertThat(ann.head().path()).isEqualTo("/team/");
        assertThat(ann.head().created()).isEqualTo(Instant.parse("2023-01-01T00:00:00Z"));
        assertThat(ann.tags()).isEqualTo(Map.of("a & b", "<c>", "empty", ""));
        assertThat(ann.groups()).containsExactly("dev", "ops");
        assertThat(ann.policies()).containsExactly("alpha", "zeta");
        assertThat(ann.boundary()).isEqualTo("arn:b");
    }

    @Test
    void theLastPageHasNoToken() throws Exception {
        assertThat(parse("<UserDetailList/><IsTruncated>false</IsTruncated><Marker>x</Marker>")
                        .next())
                .isNull();
    }

    @Test
    void aPageThatIsCutOffAnywhereIsRefused() {
        String whole =
                FakeAws.result("GetAccountAuthorizationDetails", "<UserDetailList>" + USER + "</UserDetailList>");
        for (int end = 1; end < whole.length(); end += 7) {
            String cut = whole.substring(0, end);
            assertThatThrownBy(() -> text(cut)).isInstanceOf(XMLStreamException.class);
        }
    }
}
