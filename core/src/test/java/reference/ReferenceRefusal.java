package reference;

/** The reference's only way to refuse a record. It has no offsets or paths, only a coarse kind. */
public final class ReferenceRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;

    ReferenceRefusal(String kind, String detail) {
        super(kind + ": " + detail);
        this.kind = kind;
    }

    ReferenceRefusal(String kind, String detail, Throwable cause) {
        super(kind + ": " + detail, cause);
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}
