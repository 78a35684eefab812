using System.CommandLine;
using System.Text.Json;
using Argosy.Cli.Build.Progress;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Build;

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
        return command.Runs((line, cancellationToken) => RunAsync(session, flags, line, cancellationToken));
    }

    private static async Task RunAsync(CliSession session, BuildFlags flags, Invocation line, CancellationToken cancellationToken)
    {
        (bool isCheck, bool isJson) = BuildCheck.Parse(line.Get(flags.Check), line.Get(flags.Call));
        if (isCheck)
        {
            await CheckAsync(session, flags, line, isJson, cancellationToken);
            return;
        }
        string? idFile = line.Get(flags.IdFile);
        if (idFile is { Length: > 0 })
            File.Delete(idFile);
        var progress = BuildProgress.Open(session, line.Get(flags.Progress), line.Get(flags.Quiet));
        IReadOnlyList<BuildResultFiles> outputs = flags.ToOutputs(line);
        await using BuildContext context = BuildContext.Open(line.Arguments[0], line.Get(flags.File), session.Streams.Input);
        string? credentials = await CredentialStore.Open(session.Global).HeaderForBuildAsync(cancellationToken);
        BuildOptions options = flags.ToOptions(line, Environment.GetEnvironmentVariable) with { Dockerfile = context.Dockerfile, Remote = context.Remote, Credentials = credentials };
        options = options with { Tags = [.. options.Tags.Concat(outputs.SelectMany(output => output.Names)).Distinct()] };
        var push = BuildPush.Of(outputs, options.Tags);
        // What goes to standard output must be nothing but the result.
        TextWriter text = outputs.Any(output => output.Destination == "-") ? session.Error : session.Out;
        string? id = await BuildAsync(session, flags.ToHandover(line), context, options, progress, text, cancellationToken);
        if (id is null)
            return;
        foreach (BuildResultFiles output in outputs)
            await output.WriteAsync(session.Client, id, options.Tags, session.Streams.Output, cancellationToken);
        string? pushed = await push.RunAsync(session, options.Quiet ? TextWriter.Null : text, cancellationToken);
        if (idFile is { Length: > 0 })
            BuildResultFiles.WriteId(idFile, id);
        if (line.Get(flags.MetadataFile) is { Length: > 0 } metadata)
            BuildResultFiles.WriteMetadata(metadata, id, options.Tags, pushed);
    }

    private static async Task CheckAsync(CliSession session, BuildFlags flags, Invocation line, bool isJson, CancellationToken cancellationToken)
    {
        await using BuildContext context = BuildContext.OpenForCheck(line.Arguments[0], line.Get(flags.File), session.Streams.Input);
        await using BuildHandover handover = flags.ToCheckHandover(line);
        string? handed = await handover.SendAsync(session.Client.Images, session.Error, [], cancellationToken);
        BuildOptions options = flags.ToOptions(line, Environment.GetEnvironmentVariable) with { Dockerfile = context.Dockerfile, Remote = context.Remote, Session = handed };
        BuildCheckResult? result = null;
        await context.SendAsync(async archive => result = await session.Client.Images.CheckBuildAsync(archive, options, cancellationToken), cancellationToken);
        BuildCheck.Print(session, result!, isJson);
    }

    /// <summary>Hands over what belongs to the build, lends the agents while it runs, and builds.</summary>
    private static async Task<string?> BuildAsync(
        CliSession session, BuildHandover handover, BuildContext context, BuildOptions options, BuildProgress progress, TextWriter text, CancellationToken cancellationToken)
    {
        await using BuildHandover ending = handover;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var serving = new List<Task>();
        try
        {
            string? handed = await handover.SendAsync(session.Client.Images, session.Error, serving, over.Token);
            string? id = await BuildAsync(session, context, options with { Session = handed, Traces = progress.Traces }, progress, text, cancellationToken);
            if (id is not null)
                await handover.Caches.FetchAsync(session.Client.Images, handed, cancellationToken);
            return id;
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(serving);
        }
    }

    /// <returns>The image's id; null when the engine does not tell it.</returns>
    private static async Task<string?> BuildAsync(CliSession session, BuildContext context, BuildOptions options, BuildProgress progress, TextWriter text, CancellationToken cancellationToken)
    {
        // The view ends before anything else is said: why the build has failed, or where the result goes.
        await using BuildProgress ending = progress;
        string? id = null;
        // With -q the only text of the stream is the image's id; the steps' output is shown only when the build fails.
        using var held = new StringWriter();
        var printer = new ProgressPrinter(session, options.Quiet ? held : text)
        {
            IsPlain = progress.IsPlain,
            OnTrace = progress.Show,
            OnAux = aux => id = aux.ValueKind == JsonValueKind.Object && aux.TryGetProperty("ID", out JsonElement value) ? value.GetString() : id,
        };
        try
        {
            await context.SendAsync(
                archive => printer.PrintAsync(session.Client.Images.BuildAsync(progress.Watch(archive), options, cancellationToken), cancellationToken), cancellationToken);
            progress.CheckTold();
        }
        catch (CliException) when (options.Quiet)
        {
            await session.Error.WriteAsync(held.ToString());
            throw;
        }
        if (!options.Quiet)
            return id;
        id ??= held.ToString().Trim();
        await text.WriteLineAsync(id);
        return id;
    }
}
