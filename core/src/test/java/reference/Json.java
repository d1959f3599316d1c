package reference;

import java.util.List;

/** JSON as written, with its member order, repeated names and number texts. */
public sealed interface Json {

    record Obj(List<Member> members) implements Json {
        boolean has(String name) {
            return members.stream().anyMatch(member -> member.name().equals(name));
        }

        List<Json> all(String name) {
            return members.stream()
                    .filter(member -> member.name().equals(name))
                    .map(Member::value)
                    .toList();
        }
    }

    record Arr(List<Json> elements) implements Json {}

    record Str(String text) implements Json {}

    record Num(String text) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    record Member(String name, Json value) {}
}
