package io.github.dynamodbcdc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of a record that are texts. For a session it keeps the latest text of each, because the table, the
 * region and the stream are the same in record after record: they are compared then, and one String serves all.
 */
final class MemberTexts {
    /** Keeps nothing, and is thread-safe. */
    static final MemberTexts FRESH = new MemberTexts(null);

    /** Longer texts are not kept, in characters: ARNs are shorter. */
    private static final int MAX_KEPT = 256;

    private static final Pattern ARN_OF_TABLE =
            Pattern.compile("(?s)arn:[^:]*:dynamodb:[^:]*:[^:]*:table/([^/]+)(?:/.*)?");

    /** By the ordinal of the member; null if nothing is kept. */
    private final @Nullable String @Nullable [] latest;

    private @Nullable String latestArn;
    private @Nullable String tableOfLatestArn;

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
        if (arn == null || latest == null) {
            return parse(arn);
        }
        if (arn != latestArn) {
            tableOfLatestArn = parse(arn);
            latestArn = arn;
        }
        return tableOfLatestArn;
    }

    private static @Nullable String parse(@Nullable String arn) {
        Matcher table = ARN_OF_TABLE.matcher(arn == null ? "" : arn);
        return table.matches() ? table.group(1) : null;
    }
}
