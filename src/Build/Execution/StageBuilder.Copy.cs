using System.Globalization;
using Argosy.Build.Cache;
using Argosy.Build.Context;
using Argosy.Build.Expansion;
using Argosy.Build.Graph;
using Argosy.Build.Images;
using Argosy.Build.Syntax;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>COPY and ADD.</summary>
internal sealed partial class StageBuilder
{
    private async Task CopyAsync(CopyInstruction instruction, CancellationToken cancellationToken)
    {
        using var scratch = new ScratchDirectory(session.Request.ContextPath);
        ExpandedCopy expanded = Guarded(instruction, () => ExpandCopy(instruction));
        IReadOnlyList<FetchedFile> fetched = await UrlFetcher.FetchAsync(session.Http, expanded.Urls, expanded.Checksum, scratch, cancellationToken);
        if (instruction.From is null)
        {
            CopyPlan plan = Prepare(instruction, expanded, fetched, session.Context.Root, isContext: true);
            await LayerStepAsync(
                [() => Task.FromResult(ContentKey(expanded, plan, instruction.Link, cancellationToken))],
                expanded.History(instruction), StandsAlone(instruction), snapshot => ExecuteAsync(instruction, plan, snapshot, cancellationToken), cancellationToken);
            return;
        }
        IReadOnlyList<Digest> layers = await SourceLayersAsync(instruction, cancellationToken);
        await using var source = new LazySource(session.Images, layers);
        CopyPlan? prepared = null;
        async Task<CopyPlan> PlanAsync() => prepared ??= Prepare(instruction, expanded, fetched, await source.OpenAsync(cancellationToken), isContext: false);
        // The cheap key says "the same files of the same layers"; only when it misses are the files themselves looked at.
        await LayerStepAsync(
            [() => Task.FromResult(LayersKey(expanded, layers, instruction.Link)), async () => ContentKey(expanded, await PlanAsync(), instruction.Link, cancellationToken)],
            expanded.History(instruction), StandsAlone(instruction), async snapshot => await ExecuteAsync(instruction, await PlanAsync(), snapshot, cancellationToken), cancellationToken);
    }

    /// <summary>COPY --link: the layer is made on nothing, and laid on what is there.</summary>
    private bool StandsAlone(CopyInstruction instruction) => instruction.Link && Image.DiffIds.Count > 0;

    /// <summary>Copying waits for the disk: not on a thread that others wait for.</summary>
    private static Task ExecuteAsync(CopyInstruction instruction, CopyPlan copy, IBuildSnapshot snapshot, CancellationToken cancellationToken) => Task.Run(() =>
    {
        using var root = RootDirectory.Open(snapshot.Root);
        try
        {
            new CopyRunner(copy, root, cancellationToken).Run();
        }
        catch (IOException exception)
        {
            throw EngineException.Invalid($"{instruction.Name} failed: {exception.Message}");
        }
    }, cancellationToken);

    private ExpandedCopy ExpandCopy(CopyInstruction instruction)
    {
        if (instruction.From?.Contains('$', StringComparison.Ordinal) == true)
            throw new DockerfileSyntaxException($"'{instruction.From}': variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround");
        string[] sources = [.. instruction.Sources.Select(Expand)];
        string destination = Expand(instruction.Destination);
        bool[] remote = [.. sources.Select(source => instruction.IsAdd && UrlFetcher.IsUrl(source))];
        return new ExpandedCopy
        {
            Sources = sources,
            Paths = [.. sources.Where((_, index) => !remote[index])],
            Urls = [.. sources.Where((_, index) => remote[index])],
            Texts = [.. instruction.Heredocs.Select(heredoc => KeyValuePair.Create(heredoc.Name, heredoc.Expand ? ExpandText(heredoc.Text) : heredoc.Text))],
            Destination = ContainerPath.Absolute(WorkingDirectory, destination),
            WrittenDestination = destination,
            IntoDirectory = ContainerPath.IsDirectoryForm(destination),
            Chown = instruction.Chown is { } chown ? Expand(chown) : null,
            Chmod = instruction.Chmod is { } chmod ? Permissions(Expand(chmod)) : null,
            Checksum = instruction.Checksum is { } checksum ? Expand(checksum) : null,
            Exclude = [.. instruction.Exclude.Select(Expand)],
        };
    }

    /// <summary>In a here-document quotes are text: only variables are replaced.</summary>
    private string ExpandText(string text) => WordExpander.ExpandText(text, LookUp, session.Dockerfile.Escape);

    private static CopyPlan Prepare(CopyInstruction instruction, ExpandedCopy expanded, IReadOnlyList<FetchedFile> fetched, RootDirectory root, bool isContext)
    {
        UnixPath[] sources;
        try
        {
            sources = [.. expanded.Paths.SelectMany(source => SourceFinder.Find(root, source, isContext))];
        }
        catch (EngineException exception)
        {
            throw new EngineException(exception.Kind, $"{instruction.Name} failed: {exception.Message}");
        }
        var plan = new CopyPlan
        {
            Root = root,
            Sources = sources,
            Texts = expanded.Texts,
            Fetched = fetched,
            Destination = expanded.Destination,
            IntoDirectory = expanded.IntoDirectory,
            Unpack = instruction.IsAdd,
            Chown = expanded.Chown,
            Chmod = expanded.Chmod,
            IsContext = isContext,
            Exclude = expanded.Exclude.Count == 0 ? null : IgnorePatterns.Create(expanded.Exclude, "--exclude"),
        };
        if (plan.Count > 1 && !plan.IntoDirectory)
            throw EngineException.Invalid($"When using {instruction.Name} with more than one source file, the destination must be a directory and end with a /");
        return plan;
    }

    private async Task<IReadOnlyList<Digest>> SourceLayersAsync(CopyInstruction instruction, CancellationToken cancellationToken)
    {
        string from = instruction.From!;
        if (StageGraph.FindSource(session.Dockerfile, plan.Stage.Index, from) is { } index)
            return session.Stages[index].Image.DiffIds;
        if (from == "scratch")
            return [];
        BaseImage image = await session.ResolveAsync(from, session.Request.Platform, cancellationToken);
        return ImageState.From(image.Configuration.Span).DiffIds;
    }

    private string LayersKey(ExpandedCopy expanded, IReadOnlyList<Digest> layers, bool link)
    {
        using CacheKey key = Key("copy-layers", expanded, link);
        return key.Add(ChainId.Of(layers)).Finish();
    }

    private string ContentKey(ExpandedCopy expanded, CopyPlan copy, bool link, CancellationToken cancellationToken)
    {
        using CacheKey key = Key("copy", expanded, link);
        // The owner that --chown names is decided by the layers below, which are in the key already.
        using var digest = new TreeDigest(copy.Root, copy.Options(copy.Chown is not null || copy.IsContext ? (0, 0) : null));
        foreach (UnixPath source in copy.Sources)
        {
            key.Add(source.Name.ToString());
            digest.Add(source, cancellationToken);
        }
        foreach (FetchedFile file in copy.Fetched)
            key.Add(file.Name).Add(file.Digest.ToString()).Add(file.Modified.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return key.Add(digest.Finish()).Finish();
    }

    private CacheKey Key(string kind, ExpandedCopy expanded, bool link)
    {
        var key = new CacheKey(kind, ChainId.Of(Image.DiffIds));
        key.Add(expanded.Paths).Add(expanded.Urls).Add(expanded.Destination).Add(expanded.IntoDirectory ? "into" : "to");
        foreach ((string name, string text) in expanded.Texts)
            key.Add(name).Add(text);
        return key.Add(expanded.Chown).Add(expanded.Chmod?.ToString(CultureInfo.InvariantCulture)).Add(expanded.Exclude).Add(link ? "link" : null);
    }

    private static int Permissions(string text)
    {
        bool octal = text.Length is > 0 and <= 5 && text.All(c => c is >= '0' and <= '7');
        int value = octal ? Convert.ToInt32(text, 8) : -1;
        return value is >= 0 and <= 0xfff ? value
            : throw new DockerfileSyntaxException($"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777");
    }
}
