using Argosy.Build.Cache;
using Argosy.Build.Context;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>A mount of a RUN step, expanded, with its source found but not yet opened.</summary>
/// <param name="Mount">What was asked for.</param>
/// <param name="Target">Where, absolute; null for a secret that is only a variable.</param>
/// <param name="Source">Where its files come from; null for those without any.</param>
internal sealed record PlannedMount(RunMount Mount, string? Target, BuildSource? Source)
{
    private UnixPath Path => ContainerPath.Clean(Mount.Source ?? "");

    /// <summary>True when a key without looking at the files is possible.</summary>
    public bool HasLayers => Source is { IsContext: false };

    /// <summary>Adds what of this mount decides the step's result. A cache's content does not, nor does a secret's: it must not even be guessed from a key.</summary>
    public async Task AddToAsync(CacheKey key, bool byContent, CancellationToken cancellationToken)
    {
        key.Add("mount").Add(Mount.Type.ToString()).Add(Target).Add(Mount.Id).Add(Mount.Variable).Add(Mount.ReadOnly ? "ro" : "rw");
        key.Add(Mount.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (Source is null || Mount.Type == RunMountType.Cache)
            return;
        if (HasLayers && !byContent)
        {
            key.Add(Source.Chain).Add(Path.ToString());
            return;
        }
        RootDirectory root = await OpenAsync(cancellationToken);
        using var digest = new TreeDigest(root, new CopyOptions());
        digest.Add(Path, cancellationToken);
        key.Add(digest.Finish());
    }

    /// <summary>The path on the host of what is mounted.</summary>
    public async Task<string> HostPathAsync(CancellationToken cancellationToken) =>
        (await OpenAsync(cancellationToken)).HostPath(Path) ?? throw Missing();

    /// <summary>Copies what is mounted, for a mount whose source nobody may change.</summary>
    public async Task CopyAsync(string to, CancellationToken cancellationToken)
    {
        RootDirectory root = await OpenAsync(cancellationToken);
        bool isDirectory = root.Status(Path) is { IsDirectory: true };
        Directory.CreateDirectory(isDirectory ? to : System.IO.Path.GetDirectoryName(to)!);
        using var target = RootDirectory.Open(isDirectory ? to : System.IO.Path.GetDirectoryName(to)!);
        var copier = new TreeCopier(root, target, new CopyOptions());
        if (isDirectory)
            copier.CopyContent(Path, UnixPath.Empty, cancellationToken);
        else
            copier.CopyFile(Path, UnixPath.Of(System.IO.Path.GetFileName(to)));
    }

    private async Task<RootDirectory> OpenAsync(CancellationToken cancellationToken)
    {
        RootDirectory root = await Source!.OpenAsync(cancellationToken);
        return root.Status(Path) is null ? throw Missing() : root;
    }

    private EngineException Missing() => EngineException.Invalid($"RUN --mount: {(Mount.From is { } from ? $"from={from}: " : "")}\"/{Path}\": not found");
}
