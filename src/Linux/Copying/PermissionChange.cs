namespace Argosy.Linux.Copying;

/// <summary>
/// A new mode for what is copied, as chmod(1) takes it: octal digits, or clauses such as <c>u=rwX,go=rX</c>.
/// A symbolic one begins from each file's own permissions; without <c>ugoa</c> it means all, whatever the umask.
/// </summary>
public sealed class PermissionChange
{
    private const int SetUser = 0x800;
    private const int SetGroup = 0x400;
    private const int Sticky = 0x200;

    private readonly int? fixedMode;
    private readonly IReadOnlyList<Clause> clauses;

    private PermissionChange(int? fixedMode, IReadOnlyList<Clause> clauses) => (this.fixedMode, this.clauses) = (fixedMode, clauses);

    /// <summary>The same permissions for everything.</summary>
    public static PermissionChange To(int permissions) => new(permissions, []);

    /// <summary>Reads what stands behind <c>--chmod=</c>.</summary>
    /// <exception cref="FormatException">It is neither octal up to 07777 nor symbolic.</exception>
    public static PermissionChange Parse(string text)
    {
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
            return To(Octal(text));
        return new PermissionChange(null, [.. text.Split(',').SelectMany(clause => Clauses(clause, text))]);
    }

    /// <summary>The permissions of a file that had these.</summary>
    public int Apply(int permissions, bool isDirectory)
    {
        if (fixedMode is { } mode)
            return mode;
        foreach (Clause clause in clauses)
            permissions = clause.Apply(permissions, isDirectory);
        return permissions;
    }

    private static int Octal(string text)
    {
        int value = text.Length <= 5 && text.All(c => c < '8') ? Convert.ToInt32(text, 8) : int.MaxValue;
        return value <= 0xfff ? value : throw new FormatException(text);
    }

    /// <summary>One clause may do several things to one set of users: <c>g+r-w</c>.</summary>
    private static IEnumerable<Clause> Clauses(string clause, string text)
    {
        int end = clause.AsSpan().IndexOfAny("+-=");
        if (end < 0)
            throw new FormatException(text);
        int who = 0;
        foreach (char c in clause[..end])
            who |= Mask(c, text);
        if (end == 0)
            who = Mask('a', text);
        for (int i = end; i < clause.Length;)
        {
            int next = clause.AsSpan(i + 1).IndexOfAny("+-=");
            string letters = next < 0 ? clause[(i + 1)..] : clause[(i + 1)..(i + 1 + next)];
            if (!letters.All("rwxXstugo".Contains))
                throw new FormatException(text);
            yield return new Clause(who, clause[i], letters);
            i += letters.Length + 1;
        }
    }

    private static int Mask(char who, string text) => who switch
    {
        'u' => SetUser | 0x1c0,
        'g' => SetGroup | 0x38,
        'o' => Sticky | 0x7,
        'a' => 0xfff,
        _ => throw new FormatException(text),
    };

    private sealed record Clause(int Who, char Operation, string Letters)
    {
        public int Apply(int permissions, bool isDirectory)
        {
            int bits = Letters.Aggregate(0, (sum, letter) => sum | Bits(letter, permissions, isDirectory)) & Who;
            return Operation switch
            {
                '+' => permissions | bits,
                '-' => permissions & ~bits,
                // As GNU chmod: a directory keeps its set-id bits unless they are named.
                _ => (permissions & ~(Who & ~(isDirectory ? SetUser | SetGroup : 0))) | bits,
            };
        }

        private static int Bits(char letter, int permissions, bool isDirectory) => letter switch
        {
            'r' => 0x124,
            'w' => 0x92,
            'x' => 0x49,
            'X' => isDirectory || (permissions & 0x49) != 0 ? 0x49 : 0,
            's' => SetUser | SetGroup,
            't' => Sticky,
            'u' => ((permissions >> 6) & 7) * 0x49,
            'g' => ((permissions >> 3) & 7) * 0x49,
            _ => (permissions & 7) * 0x49,
        };
    }
}
