package generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reference.Json;

/** Assembles an object of the record. In a wild event it gets unknown members and any order. */
final class MemberList {
    private final Chance chance;
    private final boolean isWild;
    private final List<Json.Member> members = new ArrayList<>();

    MemberList(Chance chance, boolean isWild) {
        this.chance = chance;
        this.isWild = isWild;
    }

    /** Adds a member; null is omitted or written as null. */
    void add(String name, @Nullable Json value) {
        if (value != null) {
            members.add(new Json.Member(name, value));
        } else if (isWild ? chance.oneIn(4) : name.equals("userIdentity")) {
            members.add(new Json.Member(name, new Json.Null()));
        }
    }

    void add(String name, @Nullable String value) {
        add(name, value == null ? null : new Json.Str(value));
    }

    /** @param reserved the names that would be more than an unknown member here */
    void addUnknown(Set<String> reserved, String... lookalikes) {
        while (isWild && chance.oneIn(2)) {
            String name = chance.oneIn(2) ? chance.of(lookalikes) : Texts.name(chance, true);
            if (!reserved.contains(name)) {
                members.add(new Json.Member(name, junk(1)));
            }
        }
    }

    Json.Obj toObject() {
        if (isWild) {
            chance.shuffle(members);
        }
        return new Json.Obj(members);
    }

    /** Returns any JSON, including repeated names. */
    private Json junk(int level) {
        if (level == 1 && chance.oneIn(30)) {
            return nested(chance.between(10, 240));
        }
        return switch (chance.between(0, level < 6 ? 8 : 6)) {
            case 0 -> new Json.Null();
            case 1 -> new Json.Bool(chance.oneIn(2));
            case 2 -> new Json.Num(String.valueOf(chance.between(Long.MIN_VALUE, Long.MAX_VALUE - 1)));
            case 3 -> new Json.Num(chance.of("0", "-0", "-0.0E-0", "1e999999999", "1E-2147483649", "0.1e+1"));
            case 4 -> new Json.Num(chance.between(1, 9) + Texts.digits(chance, chance.oneIn(20) ? 2_000 : 30) + ".5");
            case 5, 6 -> new Json.Str(Texts.string(chance));
            case 7 -> new Json.Arr(chance.listOf(chance.between(0, 4), () -> junk(level + 1)));
            default ->
                new Json.Obj(chance.listOf(
                        chance.between(0, 4),
                        () -> new Json.Member(
                                chance.of("a", "a", "S", "M", "Keys", Texts.name(chance, true)), junk(level + 1))));
        };
    }

    private Json nested(int levels) {
        Json value = new Json.Num("1");
        for (int i = 0; i < levels; i++) {
            value = chance.oneIn(2) ? new Json.Arr(List.of(value)) : new Json.Obj(List.of(new Json.Member("n", value)));
        }
        return value;
    }
}
