package plugin;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format version of a class file, and the references in its constant pool.
 *
 * @param version the major version of its format; 55 is Java 11
 * @param references the names of the classes that it links to, without annotations, because a class loads without them
 * @param members the fields and methods that it links to, its own among them
 */
record ClassFile(int version, Set<String> references, List<Member> members) {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final Pattern DESCRIBED = Pattern.compile("L([^;]+);");

    /** A field or method by the class that the reference names, which may inherit it. */
    record Member(String owner, String name, String descriptor) {}

    static ClassFile read(InputStream bytes) throws IOException {
        DataInputStream in = new DataInputStream(bytes);
        if (in.readInt() != 0xCAFEBABE) {
            throw new IOException("no class file");
        }
        in.readUnsignedShort();
        int version = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        Map<Integer, String> texts = new HashMap<>();
        Map<Integer, Integer> classes = new HashMap<>();
        Map<Integer, int[]> typed = new HashMap<>();
        List<int[]> linked = new ArrayList<>();
        Set<Integer> descriptors = new HashSet<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case UTF8 -> texts.put(i, in.readUTF());
                case CLASS -> classes.put(i, in.readUnsignedShort());
                case FIELD, METHOD, INTERFACE_METHOD ->
                    linked.add(new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
                case METHOD_TYPE -> descriptors.add(in.readUnsignedShort());
                case NAME_AND_TYPE -> {
                    int[] pair = {in.readUnsignedShort(), in.readUnsignedShort()};
                    typed.put(i, pair);
                    descriptors.add(pair[1]);
                }
                default ->
                    in.skipNBytes(tag == LONG || tag == DOUBLE ? 8 : tag == METHOD_HANDLE ? 3 : isShort(tag) ? 2 : 4);
            }
            if (tag == LONG || tag == DOUBLE) {
                i++; // these take two entries
            }
        }
        Set<String> references = new HashSet<>();
        classes.values().forEach(index -> addName(texts.getOrDefault(index, ""), references));
        descriptors.forEach(index -> addDescribed(texts.getOrDefault(index, ""), references));
        List<Member> members = new ArrayList<>();
        for (int[] pair : linked) {
            int[] type = Objects.requireNonNull(typed.get(pair[1]));
            members.add(new Member(
                    texts.getOrDefault(classes.get(pair[0]), "").replace('/', '.'),
                    texts.getOrDefault(type[0], ""),
                    texts.getOrDefault(type[1], "")));
        }
        return new ClassFile(version, references, members);
    }

    /** Returns whether an entry is one index (String, Module, Package) rather than four bytes. */
    private static boolean isShort(int tag) {
        return tag == 8 || tag == 19 || tag == 20;
    }

    /** Adds a class by its name, and the element type of an array by its descriptor. */
    private static void addName(String name, Set<String> references) {
        if (name.startsWith("[")) {
            addDescribed(name, references);
        } else {
            references.add(name.replace('/', '.'));
        }
    }

    private static void addDescribed(String descriptor, Set<String> references) {
        Matcher matcher = DESCRIBED.matcher(descriptor);
        while (matcher.find()) {
            references.add(matcher.group(1).replace('/', '.'));
        }
    }
}
