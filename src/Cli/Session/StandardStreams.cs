using System.Text;
using Argosy.Linux.Terminal;

namespace Argosy.Cli.Session;

/// <summary>
/// Standard input, output and error as byte streams and as text. They bypass System.Console, which would take the terminal's
/// settings into its own hands and costs start-up time.
/// </summary>
internal sealed class StandardStreams
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public StandardStreams(Stream input, Stream output, Stream error)
    {
        (Input, Output, ErrorOutput) = (input, output, error);
        Out = new StreamWriter(output, Utf8, 4096, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
        Error = new StreamWriter(error, Utf8, 1024, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
    }

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream ErrorOutput { get; }

    public TextWriter Out { get; }

    public TextWriter Error { get; }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public static StandardStreams Open() => new(new DescriptorStream(0, canWrite: false), new DescriptorStream(1, canWrite: true), new DescriptorStream(2, canWrite: true))
    {
        InputIsTerminal = Terminal.IsTerminal(0),
        OutputIsTerminal = Terminal.IsTerminal(1),
        ErrorIsTerminal = Terminal.IsTerminal(2),
    };

    public async Task FlushAsync()
    {
        await Out.FlushAsync();
        await Error.FlushAsync();
    }
}
