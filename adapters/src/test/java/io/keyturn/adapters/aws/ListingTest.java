package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static Listing tags(String xml) throws XMLStreamException {
        return parse(xml, Listing.of("ListUserTags", "Tags"));
    }

    private static <T> T parse(String xml, OwnParser.Reader<T> reader) throws XMLStreamException {
        return OwnParser.parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)), reader);
    }

    @Test
    void a_page_says_its_members_and_the_token_of_the_next() throws Exception {
        Listing page = tags("""
                <?xml version="1.0"?>
                <ListUserTagsResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
                  <ListUserTagsResult>
                    <IsTruncated>true</IsTruncated>
                    <Marker>a&lt;b</Marker>
                    <!-- odd, and allowed -->
                    <Tags>
                      <member><Key>Slack</Key><Value>&amp; <![CDATA[<x>]]></Value></member>
                      <member><Key>empty</Key><Value/></member>
                    </Tags>
                    <New><member><Key>no</Key></member></New>
                  </ListUserTagsResult>
                  <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
                </ListUserTagsResponse>""");

        assertThat(page.members())
                .isEqualTo(List.of(Map.of("Key", "Slack", "Value", "& <x>"), Map.of("Key", "empty", "Value", "")));
        assertThat(page.next()).isEqualTo("a<b");
    }

    @Test
    void members_may_be_texts() throws Exception {
        Listing page = parse(
                "<R><ListUserPoliciesResult><PolicyNames><member>one</member><member>two</member></PolicyNames>"
                        + "</ListUserPoliciesResult></R>",
                Listing.of("ListUserPolicies", "PolicyNames"));
        assertThat(page).isEqualTo(new Listing(List.of(Map.of("", "one"), Map.of("", "two")), null));
    }

    @Test
    void what_stands_deeper_in_a_member_is_passed_over() throws Exception {
        Listing page = tags("<R><ListUserTagsResult><Tags><member><Key>a</Key><More><Key>b</Key></More><Value>c</Value>"
                + "</member></Tags></ListUserTagsResult></R>");
        assertThat(page.members())
                .singleElement()
                .satisfies(
                        member -> assertThat(member).containsEntry("Key", "a").containsEntry("Value", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"<IsTruncated>false</IsTruncated><Marker>left</Marker><Tags/>", "<Tags></Tags>", ""})
    void an_empty_list_is_the_last_page(String inside) throws Exception {
        assertThat(tags("<R><ListUserTagsResult>" + inside + "</ListUserTagsResult></R>"))
                .isEqualTo(new Listing(List.of(), null));
    }

    @Test
    void more_without_a_token_is_still_more() throws Exception {
        assertThat(tags("<R><ListUserTagsResult><IsTruncated>true</IsTruncated></ListUserTagsResult></R>")
                        .next())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><body>down</body></html>",
                "<ListUserTagsResult/>",
                "<R><ListAccessKeysResult/></R>",
                "<R><ListUserTagsResult><Tags/></ListUserTagsResult>",
                "<R><ListUserTagsResult><Tags><member><Key>a</Key>",
                ""
            })
    void what_is_cut_off_or_something_else_is_never_taken_for_an_empty_list(String answer) {
        assertThatThrownBy(() -> tags(answer)).isInstanceOf(XMLStreamException.class);
    }

    @Test
    void an_answer_about_one_thing_must_be_about_it() throws Exception {
        OwnParser.Reader<Map<String, String>> reader = Listing.one("GetLoginProfile", "LoginProfile");
        assertThat(parse(
                        "<R><GetLoginProfileResult><A/><LoginProfile><UserName>ann</UserName></LoginProfile><B>b</B>"
                                + "</GetLoginProfileResult></R>",
                        reader))
                .isEqualTo(Map.of("UserName", "ann"));
        assertThatThrownBy(() -> parse("<R><GetLoginProfileResult/></R>", reader))
                .isInstanceOf(XMLStreamException.class)
                .hasMessage("the answer holds no LoginProfile");
    }
}
