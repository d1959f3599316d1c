package release;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** Checks a folder with the layout of a Maven repository for what Central requires, and for what must not be there. */
final class CentralBundle {
    static final String GROUP = "io/github/dynamodb-cdc";
    static final String PARENT = "dynamodb-cdc-parent";

    private static final Set<String> POM = Set.of(".pom", "-cyclonedx.json", "-cyclonedx.xml");
    private static final Set<String> LIBRARY = plus(POM, ".jar", "-sources.jar", "-javadoc.jar");

    /** The ends of the file names of each artifact: these files and no others. */
    static final Map<String, Set<String>> FILES = Map.of(
            PARENT,
            POM,
            "dynamodb-cdc-core",
            LIBRARY,
            "dynamodb-cdc-jackson",
            LIBRARY,
            "dynamodb-cdc-pinot-adapter",
            plus(LIBRARY, "-plugin.jar", "-plugin.zip"));

    private static final Map<String, String> CHECKSUMS =
            Map.of(".md5", "MD5", ".sha1", "SHA-1", ".sha256", "SHA-256", ".sha512", "SHA-512");

    private final Path group;
    private final String version;
    private final boolean signed;
    private final List<String> faults = new ArrayList<>();

    private CentralBundle(Path repository, String version, boolean signed) {
        group = repository.resolve(GROUP);
        this.version = version;
        this.signed = signed;
    }

    /** Returns all faults, each with the name of the file that is missing, unexpected or wrong. */
    static List<String> faults(Path repository, String version, boolean signed) throws IOException {
        CentralBundle bundle = new CentralBundle(repository, version, signed);
        bundle.check();
        return bundle.faults;
    }

    private static Set<String> plus(Set<String> ends, String... more) {
        return Stream.concat(ends.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
    }

    private void check() throws IOException {
        if (!Files.isDirectory(group)) {
            faults.add("no folder " + GROUP);
            return;
        }
        for (Path folder : list(group)) {
            if (!FILES.containsKey(folder.getFileName().toString())) {
                faults.add("unexpected " + folder.getFileName());
            }
        }
        Pom parent = checkArtifact(PARENT, null);
        for (String artifact : new TreeSet<>(FILES.keySet())) {
            if (!artifact.equals(PARENT)) {
                checkArtifact(artifact, parent);
            }
        }
    }

    private @Nullable Pom checkArtifact(String artifact, @Nullable Pom parent) throws IOException {
        Map<String, Path> files = filesOf(artifact);
        Set<String> expected = new TreeSet<>();
        for (String end : FILES.getOrDefault(artifact, Set.of())) {
            String name = artifact + "-" + version + end;
            expected.add(name);
            expected.add(name + ".md5");
            expected.add(name + ".sha1");
            if (signed) {
                expected.add(name + ".asc");
            }
        }
        for (String name : expected) {
            if (!files.containsKey(name)) {
                faults.add("missing " + name);
            }
        }
        @Nullable Pom pom = null;
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String name = file.getKey();
            if (!expected.contains(name) && !name.matches(".*\\.sha(256|512)")) {
                faults.add("unexpected " + name);
            }
            if (name.endsWith(".pom")) {
                pom = Pom.read(file.getValue());
                pom.faults(artifact, version, parent).forEach(fault -> faults.add(fault + " in " + name));
            } else if (name.endsWith(".asc")) {
                checkSignature(name, file.getValue());
            } else if (name.endsWith(".jar")) {
                checkJar(name, file.getValue());
            } else {
                checkChecksum(name, files);
            }
        }
        return pom;
    }

    /** Returns the files of an artifact by name, in which the time of a snapshot is SNAPSHOT. */
    private Map<String, Path> filesOf(String artifact) throws IOException {
        Path folder = group.resolve(artifact).resolve(version);
        Map<String, Path> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        for (Path file : list(folder)) {
            String name = file.getFileName().toString();
            if (!name.startsWith("maven-metadata")) { // which Central writes itself
                files.put(name.replaceFirst("-\\d{8}\\.\\d{6}-\\d+", "-SNAPSHOT"), file);
            }
        }
        return files;
    }

    private void checkSignature(String name, Path file) throws IOException {
        if (!Files.readString(file, UTF_8).startsWith("-----BEGIN PGP SIGNATURE-----")) {
            faults.add("no signature in " + name);
        }
    }

    private void checkJar(String name, Path file) throws IOException {
        String content;
        if (name.endsWith("-sources.jar")) {
            content = ".*\\.java";
        } else if (name.endsWith("-javadoc.jar")) {
            content = "index\\.html";
        } else {
            content = ".*\\.class";
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            Set<String> names = zip.stream().map(ZipEntry::getName).collect(Collectors.toSet());
            if (names.stream().noneMatch(entry -> entry.matches(content))) {
                faults.add("no " + content + " in " + name);
            }
            if (!name.endsWith("-javadoc.jar") && !names.contains("META-INF/LICENSE")) {
                faults.add("no META-INF/LICENSE in " + name);
            }
        } catch (IOException e) {
            faults.add("not a jar: " + name);
        }
    }

    private void checkChecksum(String name, Map<String, Path> files) throws IOException {
        int dot = name.lastIndexOf('.');
        String algorithm = CHECKSUMS.get(name.substring(dot));
        Path subject = files.get(name.substring(0, dot));
        if (algorithm == null || subject == null) {
            return;
        }
        String written =
                Files.readString(Objects.requireNonNull(files.get(name)), UTF_8).strip();
        if (!written.equals(digest(algorithm, Files.readAllBytes(subject)))) {
            faults.add("wrong " + name);
        }
    }

    static String digest(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        }
    }
}
