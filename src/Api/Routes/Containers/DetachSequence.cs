using Argosy.Core;

namespace Argosy.Api.Routes.Containers;

/// <summary>
/// The keys that leave a process alone, watched for in what a client with a terminal types. Like dockerd's, it does not look for a
/// beginning inside a beginning: a typed ctrl-p, ctrl-p, ctrl-q goes to the process.
/// </summary>
internal sealed class DetachSequence
{
    private static readonly byte[] Default = [16, 17];
    private readonly byte[] keys;
    private int matched;

    private DetachSequence(byte[] keys) => this.keys = keys;

    /// <summary>Reads <c>ctrl-p,ctrl-q</c>, <c>a,b</c> or <c>DEL</c>; null and empty are dockerd's default, ctrl-p, ctrl-q.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> with the given message: it names no key.</exception>
    internal static DetachSequence Parse(string? text, string message) =>
        new(string.IsNullOrEmpty(text) ? Default : [.. text.Split(',').Select(name => Code(name) ?? throw EngineException.Invalid(message))]);

    /// <summary>The keys as bytes; inspect shows them in base64, as JSON has Go's []byte.</summary>
    internal ReadOnlySpan<byte> Keys => keys;

    /// <summary>Takes typed bytes and appends those that are the process's. Keys that may begin the sequence are held back until it is clear that they do not.</summary>
    /// <returns>True when the sequence is complete.</returns>
    internal bool Feed(ReadOnlySpan<byte> typed, List<byte> process)
    {
        foreach (byte key in typed)
        {
            if (key == keys[matched])
            {
                if (++matched == keys.Length)
                    return true;
                continue;
            }
            process.AddRange(keys.AsSpan(0, matched));
            process.Add(key);
            matched = 0;
        }
        return false;
    }

    private static byte? Code(string name) => name switch
    {
        [var one] when char.IsAscii(one) => (byte)one,
        "DEL" => 127,
        ['c', 't', 'r', 'l', '-', >= 'a' and <= 'z' and var letter] => (byte)(letter - 'a' + 1),
        "ctrl-@" => 0,
        "ctrl-[" => 27,
        "ctrl-\\" => 28,
        "ctrl-]" => 29,
        "ctrl-^" => 30,
        "ctrl-_" => 31,
        _ => null,
    };
}
