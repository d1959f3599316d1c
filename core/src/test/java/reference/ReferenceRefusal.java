package reference;

/** The reference's one way to refuse a record. The kind is coarse: the library's offsets and paths are not its business. */
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
