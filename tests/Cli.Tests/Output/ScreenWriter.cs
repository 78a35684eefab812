using System.Text;
using Argosy.Testing;

namespace Argosy.Cli.Tests.Output;

/// <summary>Writes to a <see cref="TerminalScreen"/>.</summary>
internal sealed class ScreenWriter(TerminalScreen screen) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => screen.Write(value.ToString());

    public override void Write(string? value) => screen.Write(value ?? "");
}
