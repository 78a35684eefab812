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
    /// <summary>FROM a named context that is a directory: its files are the stage's root.</summary>
    private Task CopyContextAsync(FromInstruction from, string name, CancellationToken cancellationToken) => CopyAsync(new CopyInstruction
    {
        Source = from.Source,
        Line = from.Line,
        EndLine = from.EndLine,
        IsAdd = false,
        Sources = ["."],
        Heredocs = [],
        Destination = "/",
        From = name,
    }, cancellationToken, description: $"FROM {name} # context");

    private async Task CopyAsync(CopyInstruction instruction, CancellationToken cancellationToken, string? description = null)
    {
        using var scratch = new ScratchDirectory(session.Request.ContextPath);
        ExpandedCopy expanded = Guarded(instruction, () => ExpandCopy(instruction));
        IReadOnlyList<FetchedFile> files = await UrlFetcher.FetchAsync(session.Tools.Http, expanded.Urls, expanded.Checksum, scratch, cancellationToken);
        IReadOnlyList<FetchedTree> trees = await CheckOutAsync(instruction, expanded, scratch, cancellationToken);
        await using BuildSource source = await FindSourceAsync(instruction.From, cancellationToken);
        CopyPlan? prepared = null;
        async Task<CopyPlan> PlanAsync() => prepared ??= Prepare(instruction, expanded, files, trees, await source.OpenAsync(cancellationToken), source.IsContext);
        async Task<string> ContentKeyAsync() => ContentKey(expanded, await PlanAsync(), instruction, cancellationToken);
        // The cheap key says "the same files of the same layers"; only when it misses are the files themselves looked at.
        IReadOnlyList<Func<Task<string>>> keys = source.IsContext ? [ContentKeyAsync] : [() => Task.FromResult(LayersKey(expanded, source.Chain, instruction)), ContentKeyAsync];
        try
        {
            await LayerStepAsync(
                keys, description ?? expanded.History(instruction), StandsAlone(instruction), async snapshot => await ExecuteAsync(instruction, await PlanAsync(), snapshot, cancellationToken), cancellationToken);
        }
        finally
        {
            foreach (FetchedTree tree in trees)
                tree.Root.Dispose();
        }
    }

    private static async Task<IReadOnlyList<FetchedTree>> CheckOutAsync(CopyInstruction instruction, ExpandedCopy expanded, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        var trees = new List<FetchedTree>();
        foreach (GitReference reference in expanded.Repositories)
        {
            string directory = scratch.NewFile();
            string commit = await GitFetcher.FetchAsync(reference, directory, instruction.KeepGitDirectory, cancellationToken);
            if (expanded.Checksum is { } checksum && !commit.StartsWith(checksum, StringComparison.OrdinalIgnoreCase))
                throw EngineException.Invalid($"expected checksum to match {checksum}, got {commit}");
            trees.Add(new FetchedTree(OpenTree(reference, directory), commit));
        }
        return trees;
    }

    private static RootDirectory OpenTree(GitReference reference, string directory)
    {
        RootDirectory root = RootDirectory.Open(directory);
        if (reference.Directory is not { } below)
            return root;
        using (root)
        {
            UnixPath path = ContainerPath.Clean(below);
            return root.Status(path) is { IsDirectory: true } ? root.OpenSubdirectory(path) : throw EngineException.Invalid($"failed to fetch {reference.Address}: there is no directory {below} in it");
        }
    }

    /// <summary>COPY --link: the layer is made on nothing, and laid on what is there.</summary>
    private bool StandsAlone(CopyInstruction instruction) => instruction.Link && Image.DiffIds.Count > 0;

    private async Task ExecuteAsync(CopyInstruction instruction, CopyPlan copy, IBuildSnapshot snapshot, CancellationToken cancellationToken)
    {
        // A layer that stands alone has no /etc/passwd: names are those of the image that it will lie on.
        bool asks = StandsAlone(instruction) && copy.Chown is not null;
        await using var below = new BuildSource(session.Images, null, asks ? Image.DiffIds : []);
        RootDirectory? names = asks ? await below.OpenAsync(cancellationToken) : null;
        // Copying waits for the disk: not on a thread that others wait for.
        await Task.Run(() => Execute(instruction, copy, snapshot, names, cancellationToken), cancellationToken);
    }

    private static void Execute(CopyInstruction instruction, CopyPlan copy, IBuildSnapshot snapshot, RootDirectory? names, CancellationToken cancellationToken)
    {
        using var root = RootDirectory.Open(snapshot.Root);
        try
        {
            new CopyRunner(copy, root, names ?? root, cancellationToken).Run();
        }
        catch (IOException exception)
        {
            throw EngineException.Invalid($"{instruction.Name} failed: {exception.Message}");
        }
    }

    private ExpandedCopy ExpandCopy(CopyInstruction instruction)
    {
        if (instruction.From?.Contains('$', StringComparison.Ordinal) == true)
            throw new DockerfileSyntaxException($"'{instruction.From}': variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround");
        string[] sources = [.. instruction.Sources.Select(Expand)];
        string destination = Expand(instruction.Destination);
        GitReference?[] repositories = [.. sources.Select(source => instruction.IsAdd ? GitReference.TryParse(source) : null)];
        bool[] fetched = [.. sources.Select((source, index) => instruction.IsAdd && repositories[index] is null && UrlFetcher.IsUrl(source))];
        string? chmod = instruction.Chmod is { } written ? Expand(written) : null;
        return new ExpandedCopy
        {
            Sources = sources,
            Paths = [.. sources.Where((_, index) => !fetched[index] && repositories[index] is null)],
            Urls = [.. sources.Where((_, index) => fetched[index])],
            Repositories = [.. repositories.OfType<GitReference>()],
            Texts = [.. instruction.Heredocs.Select(heredoc => KeyValuePair.Create(heredoc.Name, heredoc.Expand ? ExpandText(heredoc.Text) : heredoc.Text))],
            Destination = ContainerPath.Absolute(WorkingDirectory, destination),
            WrittenDestination = destination,
            IntoDirectory = ContainerPath.IsDirectoryForm(destination),
            Chown = instruction.Chown is { } chown ? Expand(chown) : null,
            Chmod = chmod,
            Permissions = chmod is null ? null : Permissions(chmod),
            Checksum = instruction.Checksum is { } checksum ? Expand(checksum) : null,
            Exclude = [.. instruction.Exclude.Select(Expand)],
        };
    }

    /// <summary>In a here-document quotes are text: only variables are replaced.</summary>
    private string ExpandText(string text) => WordExpander.ExpandText(text, LookUp, session.Dockerfile.Escape);

    private static CopyPlan Prepare(CopyInstruction instruction, ExpandedCopy expanded, IReadOnlyList<FetchedFile> files, IReadOnlyList<FetchedTree> trees, RootDirectory root, bool isContext)
    {
        CopySource[] sources;
        try
        {
            sources = [.. expanded.Paths.SelectMany(source => Find(root, source, isContext, instruction.Parents))];
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
            Fetched = files,
            Trees = trees,
            Destination = expanded.Destination,
            IntoDirectory = expanded.IntoDirectory || instruction.Parents,
            Unpack = instruction.Unpack ?? instruction.IsAdd,
            UnpackFetched = instruction.Unpack ?? false,
            Chown = expanded.Chown,
            Chmod = expanded.Permissions,
            IsContext = isContext,
            Exclude = expanded.Exclude.Count == 0 ? null : IgnorePatterns.Create(expanded.Exclude, "--exclude"),
        };
        if (plan.Count > 1 && !plan.IntoDirectory)
            throw EngineException.Invalid($"When using {instruction.Name} with more than one source file, the destination must be a directory and end with a /");
        return plan;
    }

    /// <summary>With --parents the path's directories are kept, from the beginning or from <c>/./</c> on.</summary>
    private static IEnumerable<CopySource> Find(RootDirectory root, string source, bool isContext, bool parents)
    {
        IReadOnlyList<UnixPath> paths = SourceFinder.Find(root, source, isContext, anyDepth: parents);
        if (!parents)
            return paths.Select(path => new CopySource(path, 0));
        int pivot = source.IndexOf("/./", StringComparison.Ordinal);
        int dropped = pivot < 0 ? 0 : Depth(ContainerPath.Clean(source[..pivot]));
        return paths.Select(path => new CopySource(path, Depth(path) - dropped));
    }

    private static int Depth(UnixPath path) => path.IsEmpty ? 0 : path.Bytes.Count((byte)'/') + 1;

    private string LayersKey(ExpandedCopy expanded, string chain, CopyInstruction instruction)
    {
        using CacheKey key = Key("copy-layers", expanded, instruction);
        return key.Add(chain).Finish();
    }

    private string ContentKey(ExpandedCopy expanded, CopyPlan copy, CopyInstruction instruction, CancellationToken cancellationToken)
    {
        using CacheKey key = Key("copy", expanded, instruction);
        // The owner that --chown names is decided by the layers below, which are in the key already.
        using var digest = new TreeDigest(copy.Root, copy.Options(copy.Chown is not null || copy.IsContext ? (0, 0) : null));
        foreach (CopySource source in copy.Sources)
        {
            key.Add((source.Kept == 0 ? source.Path.Name : source.Path).ToString());
            digest.Add(source.Path, cancellationToken);
        }
        foreach (FetchedFile file in copy.Fetched)
            key.Add(file.Name).Add(file.Digest.ToString()).Add(file.Modified.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        foreach (FetchedTree tree in copy.Trees)
            key.Add(tree.Commit);
        return key.Add(digest.Finish()).Finish();
    }

    private CacheKey Key(string kind, ExpandedCopy expanded, CopyInstruction instruction)
    {
        var key = new CacheKey(kind, ChainId.Of(Image.DiffIds), session.Arguments.Epoch);
        key.Add(expanded.Paths).Add(expanded.Urls).Add(expanded.Destination).Add(expanded.IntoDirectory ? "into" : "to");
        foreach ((string name, string text) in expanded.Texts)
            key.Add(name).Add(text);
        key.Add(expanded.Chown).Add(expanded.Chmod).Add(expanded.Exclude).Add(instruction.Link ? "link" : null);
        // Only what was asked for is added: keys of earlier versions stay good.
        foreach (GitReference reference in expanded.Repositories)
            key.Add(reference.Address).Add(reference.Directory).Add(instruction.KeepGitDirectory ? "keep-git-dir" : null);
        if (instruction.Parents)
            key.Add("parents").Add(expanded.Sources);
        if (instruction.Unpack is { } unpack)
            key.Add(unpack ? "unpack" : "no-unpack");
        return key;
    }

    private static PermissionChange Permissions(string text)
    {
        try
        {
            return PermissionChange.Parse(text);
        }
        catch (FormatException)
        {
            throw new DockerfileSyntaxException($"invalid chmod parameter: '{text}'. it should be octal string and between 0 and 07777, or symbolic as u=rwX,go=rX");
        }
    }
}
