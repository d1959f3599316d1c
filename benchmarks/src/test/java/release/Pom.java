package release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

/** The published pom of an artifact. */
final class Pom {
    /** What Central requires and a pom inherits from its parent. */
    private static final List<String> INHERITED = List.of(
            "url",
            "licenses/license/name",
            "licenses/license/url",
            "developers/developer/name",
            "scm/connection",
            "scm/developerConnection",
            "scm/url",
            "issueManagement/url");

    private static final List<String> REFUSED = List.of("repositories", "pluginRepositories", "distributionManagement");

    private final XPath xpath = XPathFactory.newInstance().newXPath();
    private final Document document;

    private Pom(Document document) {
        this.document = document;
    }

    static Pom read(Path file) throws IOException {
        try {
            return new Pom(
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("not XML: " + file, e);
        }
    }

    /** Returns what is missing or wrong, with the parent's elements counting as this pom's. */
    List<String> faults(String artifact, String version, @Nullable Pom parent) {
        List<String> faults = new ArrayList<>();
        if (!text("artifactId").equals(artifact)) {
            faults.add("another artifactId");
        }
        if (!(text("version") + text("parent/version")).equals(version)) {
            faults.add("another version");
        }
        for (String path : List.of("name", "description")) {
            if (text(path).isEmpty()) {
                faults.add("no " + path);
            }
        }
        for (String path : INHERITED) {
            if (text(path).isEmpty() && (parent == null || parent.text(path).isEmpty())) {
                faults.add("no " + path);
            }
        }
        for (String path : REFUSED) {
            if (has(path)) {
                faults.add("has " + path);
            }
        }
        if (!version.endsWith("-SNAPSHOT") && has("/version[contains(., '-SNAPSHOT')]")) {
            faults.add("needs a snapshot");
        }
        return faults;
    }

    /** Returns the text of an element below the root, or an empty string. */
    String text(String path) {
        return evaluate("normalize-space(/project/" + path + ")");
    }

    private boolean has(String path) {
        return Boolean.parseBoolean(evaluate("boolean(/project/" + path + ")"));
    }

    private String evaluate(String expression) {
        try {
            return xpath.evaluate(expression, document);
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(expression, e);
        }
    }
}
