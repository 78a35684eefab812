namespace Argosy.Cli.Streams;

/// <summary>Watches typed keys for the sequence that leaves a container alone (default ctrl-p, ctrl-q).</summary>
internal sealed class DetachKeys
{
    public const string Default = "ctrl-p,ctrl-q";
    private readonly byte[] sequence;
    private int matched;

    private DetachKeys(byte[] sequence) => this.sequence = sequence;

    /// <summary>Reads <c>ctrl-p,ctrl-q</c> or <c>a,b</c>; an empty text watches for nothing.</summary>
    /// <exception cref="FormatException">It names no key.</exception>
    public static DetachKeys Parse(string text) =>
        new(text.Length == 0 ? [] : [.. text.Split(',').Select(Key)]);

    /// <summary>
    /// Takes typed bytes; what is to be sent is appended to <paramref name="send"/>. Bytes that may begin the sequence are held back
    /// until it is clear that they do not.
    /// </summary>
    /// <returns>True when the sequence is complete: nothing more is to be sent.</returns>
    public bool Feed(ReadOnlySpan<byte> typed, List<byte> send)
    {
        foreach (byte key in typed)
        {
            if (sequence.Length > 0 && key == sequence[matched])
            {
                if (++matched == sequence.Length)
                    return true;
                continue;
            }
            send.AddRange(sequence.AsSpan(0, matched));
            matched = sequence.Length > 0 && key == sequence[0] ? 1 : 0;
            if (matched == 0)
                send.Add(key);
        }
        return false;
    }

    private static byte Key(string name)
    {
        if (name.Length == 1 && char.IsAscii(name[0]))
            return (byte)name[0];
        if (!name.StartsWith("ctrl-", StringComparison.Ordinal) || name.Length != 6)
            throw new FormatException($"Unknown character: '{name}'");
        return name[5] switch
        {
            >= 'a' and <= 'z' and var letter => (byte)(letter - 'a' + 1),
            '@' => 0,
            '[' => 27,
            '\\' => 28,
            ']' => 29,
            '^' => 30,
            '_' => 31,
            _ => throw new FormatException($"Unknown character: '{name}'"),
        };
    }
}
