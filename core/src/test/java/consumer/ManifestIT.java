package consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What class loaders, containers and scanners read. */
class ManifestIT {
    private static Attributes manifest() throws IOException {
        try (JarFile jar = new JarFile(Jar.core())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    @Test
    void theImplementationIsNamed() throws IOException {
        assertThat(manifest().getValue("Implementation-Title")).isEqualTo("dynamodb-cdc core");
        assertThat(Jar.core()).endsWith("-" + manifest().getValue("Implementation-Version") + ".jar");
        assertThat(manifest().getValue("Implementation-Vendor")).isEqualTo("dynamodb-cdc");
        assertThat(manifest().getValue("Specification-Version")).matches("\\d+\\.\\d+");
    }

    @Test
    void inOsgiOnePackageIsExportedAndNothingMustBeImported() throws IOException {
        assertThat(manifest().getValue("Bundle-SymbolicName")).isEqualTo("io.github.dynamodbcdc");
        assertThat(manifest().getValue("Export-Package"))
                .matches("io\\.github\\.dynamodbcdc;version=\"[\\d.]+\";uses:=\"org\\.jspecify\\.annotations\"");
        assertThat(manifest().getValue("Import-Package"))
                .matches("org\\.jspecify\\.annotations;version=\"\\[1\\.0,2\\)\";resolution:=optional");
        assertThat(manifest().getValue("Require-Capability")).contains("(osgi.ee=JavaSE)(version=11)");
    }
}
