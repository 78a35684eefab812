using System.CommandLine;
using System.Text;
using System.Text.Json;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;
using Argosy.Client;

namespace Argosy.Cli.Build;

/// <summary><c>argosy build</c>.</summary>
internal static class BuildCommand
{
    public static VerbCommand Create(CliSession session)
    {
        var flags = new BuildFlags();
        var command = new VerbCommand("[OPTIONS] PATH | -", "Build an image from a Dockerfile")
            .With(1, 1, "argosy build -t shop/web .", "argosy build -f docker/Dockerfile --target test --build-arg VERSION=1.2 .", "tar c . | argosy build -t web -");
        foreach (Option option in flags.All)
            command.Add(option);
        return command.Runs(async (line, cancellationToken) =>
        {
            string? idFile = line.Get(flags.IdFile);
            if (idFile is { Length: > 0 })
                File.Delete(idFile);
            await using BuildContext context = BuildContext.Open(line.Arguments[0], line.Get(flags.File), session.Streams.Input);
            string? credentials = await CredentialStore.Open(session.Global).HeaderForBuildAsync(cancellationToken);
            BuildOptions options = flags.ToOptions(line, Environment.GetEnvironmentVariable) with { Dockerfile = context.Dockerfile, Credentials = credentials };
            string? id = await RunAsync(session, context, options, cancellationToken);
            if (idFile is { Length: > 0 } && id is not null)
                Write(idFile, id);
        });
    }

    /// <returns>The image's id; null when the engine does not tell it.</returns>
    private static async Task<string?> RunAsync(CliSession session, BuildContext context, BuildOptions options, CancellationToken cancellationToken)
    {
        string? id = null;
        // With -q the only text of the stream is the image's id; the steps' output is shown only when the build fails.
        using var held = new StringWriter();
        var printer = new ProgressPrinter(session, options.Quiet ? held : session.Out)
        {
            OnAux = aux => id = aux.ValueKind == JsonValueKind.Object && aux.TryGetProperty("ID", out JsonElement value) ? value.GetString() : id,
        };
        try
        {
            await context.SendAsync(archive => printer.PrintAsync(session.Client.Images.BuildAsync(archive, options, cancellationToken), cancellationToken), cancellationToken);
        }
        catch (CliException) when (options.Quiet)
        {
            await session.Error.WriteAsync(held.ToString());
            throw;
        }
        if (!options.Quiet)
            return id;
        id ??= held.ToString().Trim();
        await session.Out.WriteLineAsync(id);
        return id;
    }

    private static void Write(string path, string id)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        file.Write(Encoding.ASCII.GetBytes(id));
    }
}
