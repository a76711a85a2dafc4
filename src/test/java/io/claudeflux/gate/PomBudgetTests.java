package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What the library asks of a user's classpath, as the pom says it. */
class PomBudgetTests {
    @Test
    void usersGetFourLibraries() throws Exception {
        assertThat(dependencies("not(scope) or scope = 'compile' or scope = 'runtime'", "not(optional)"))
                .containsExactly(
                        "io.projectreactor.netty:reactor-netty-http",
                        "org.jspecify:jspecify",
                        "org.slf4j:slf4j-api",
                        "tools.jackson.core:jackson-databind");
    }

    @Test
    void onlyTestsMayNeedMoreUnasked() throws Exception {
        assertThat(dependencies("scope = 'provided' or scope = 'system'", "true()"))
                .isEmpty();
        assertThat(dependencies("true()", "optional = 'true'")).contains("info.picocli:picocli");
    }

    @Test
    void profilesAddToTestsOnly() throws Exception {
        Document pom = pom();
        XPath xpath = XPathFactory.newInstance().newXPath();

        Object added = xpath.evaluate(
                "count(/project/profiles/profile/dependencies/dependency[not(scope = 'test')])",
                pom,
                XPathConstants.NUMBER);

        assertThat(added).isEqualTo(0.0);
    }

    @Test
    void everyVersionIsOneVersion() throws Exception {
        Document pom = pom();

        assertThat(texts(pom, "//plugin/version | //dependency/version | //properties/*[contains(name(), '.version')]"))
                .hasSizeGreaterThan(50)
                .allMatch(version -> version.matches("\\$\\{[a-z0-9.-]+\\.version}|\\d+(\\.[0-9A-Za-z-]+)*"));
        assertThat(texts(pom, "//plugin[not(version)]/artifactId"))
                .isSubsetOf(texts(pom, "/project/build//plugin[version]/artifactId"));
        assertThat(texts(pom, "//plugin/dependencies/dependency[not(version)]/artifactId"))
                .isEmpty();
        assertThat(texts(pom, "//extension | //repository | //pluginRepository"))
                .isEmpty();
    }

    @Test
    void jarsDoNotSayWhenTheyWereBuilt() throws Exception {
        assertThat(texts(pom(), "/project/properties/project.build.outputTimestamp"))
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    private static List<String> texts(Document pom, String path) throws Exception {
        NodeList found = (NodeList) XPathFactory.newInstance().newXPath().evaluate(path, pom, XPathConstants.NODESET);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent().strip())
                .toList();
    }

    private static List<String> dependencies(String scope, String optional) throws Exception {
        Document pom = pom();
        XPath xpath = XPathFactory.newInstance().newXPath();
        String path = "/project/dependencies/dependency[" + scope + "][" + optional + "]";
        NodeList found = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
        TreeSet<String> names = new TreeSet<>();
        for (int i : IntStream.range(0, found.getLength()).toArray()) {
            names.add(xpath.evaluate("groupId", found.item(i)) + ":" + xpath.evaluate("artifactId", found.item(i)));
        }
        return List.copyOf(names);
    }

    private static Document pom() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
    }
}
