using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary><c>argosy save</c>.</summary>
internal static class SaveCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> output = Flag.Text("--output", "Write to a file, instead of STDOUT", "-o");
        Option<string?> platform = Flag.Text("--platform", "Save only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")");
        return new VerbCommand("[OPTIONS] IMAGE [IMAGE...]", "Save one or more images to a tar archive (streamed to STDOUT by default)")
        {
            output, platform,
        }.With(1, "argosy save -o web.tar web:1.2").Runs((line, cancellationToken) => BinaryOutput.SaveAsync(
            session, line.Get(output), () => session.Client.Images.SaveAsync(line.Arguments, line.Get(platform), cancellationToken), cancellationToken));
    }
}
