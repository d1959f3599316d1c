package reference;

import java.util.regex.Pattern;

/** The grammar of N: a JSON number, which may also have a leading plus sign and leading zeros. */
final class NumberText {
    private static final Pattern GRAMMAR = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    private NumberText() {}

    static String require(String text, ReferenceOptions options) {
        if (text.length() > options.maxNumberLength()) {
            throw new ReferenceRefusal("NUMBER_LIMIT", "characters");
        }
        if (!GRAMMAR.matcher(text).matches()) {
            throw new ReferenceRefusal("BAD_NUMBER", "not the grammar of N");
        }
        if (exponentDigits(text) > options.maxExponentDigits()) {
            throw new ReferenceRefusal("NUMBER_LIMIT", "exponent");
        }
        return text;
    }

    /** Returns the number of digits in the exponent of a well-formed number, without leading zeros. */
    static int exponentDigits(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e < 0) {
            return 0;
        }
        boolean signed = text.charAt(e + 1) == '+' || text.charAt(e + 1) == '-';
        String digits = text.substring(signed ? e + 2 : e + 1);
        return LEADING_ZEROS.matcher(digits).replaceFirst("").length();
    }
}
