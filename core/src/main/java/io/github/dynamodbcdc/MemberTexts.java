package io.github.dynamodbcdc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a record that are texts. A session keeps the latest text of each member and returns it again if
 * the next record has the same text, because the table, the region and the stream rarely change.
 */
final class MemberTexts {
    /** Keeps no text. Thread-safe. */
    static final MemberTexts FRESH = new MemberTexts(null);

    /** The longest text that is kept, in characters. ARNs are shorter. */
    private static final int MAX_KEPT = 256;

    private static final Pattern ARN_OF_TABLE =
            Pattern.compile("(?s)arn:[^:]*:dynamodb:[^:]*:[^:]*:table/([^/]+)(?:/.*)?");

    /** By the ordinal of the member; null if nothing is kept. */
    private final @Nullable String @Nullable [] latest;

    /** One object, so that threads that share a session by mistake never combine two ARNs. */
    private @Nullable TableOfArn latestTable;

    private MemberTexts(@Nullable String @Nullable [] latest) {
        this.latest = latest;
    }

    /** Returns the texts of a session, for its thread. */
    static MemberTexts ofSession() {
        return new MemberTexts(new @Nullable String[Member.OF_RECORD]);
    }

    /** Returns the text of a member whose value recurs; null if it is absent. */
    @Nullable
    String text(RecordIndex index, Member member) {
        if (latest == null || !index.hasText(member)) {
            return index.text(member);
        }
        int slot = RecordIndex.slot(member);
        String text = latest[slot];
        if (text == null || !JsonText.is(index.data, index.base, index.textSpan(member), text)) {
            text = index.text(member);
            latest[slot] = text == null || text.length() > MAX_KEPT ? null : text;
        }
        return text;
    }

    /** Returns tableName, else the table in eventSourceARN; null if the record has neither. */
    @Nullable
    String tableName(RecordIndex index) {
        String name = text(index, Member.TABLE_NAME);
        return name != null ? name : tableOf(text(index, Member.EVENT_SOURCE_ARN));
    }

    @SuppressWarnings("ReferenceEquality") // the same String that was kept; an equal one is parsed again
    private @Nullable String tableOf(@Nullable String arn) {
        if (arn == null) {
            return null;
        }
        if (latest == null || arn.length() > MAX_KEPT) {
            return parse(arn);
        }
        TableOfArn known = latestTable;
        if (known == null || known.arn != arn) {
            known = new TableOfArn(arn, parse(arn));
            latestTable = known;
        }
        return known.table;
    }

    private static @Nullable String parse(String arn) {
        Matcher table = ARN_OF_TABLE.matcher(arn);
        return table.matches() ? table.group(1) : null;
    }

    private static final class TableOfArn {
        final String arn;
        final @Nullable String table;

        TableOfArn(String arn, @Nullable String table) {
            this.arn = arn;
            this.table = table;
        }
    }
}
