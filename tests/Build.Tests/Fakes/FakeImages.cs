using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Tests.Fakes;

/// <summary>Images and layers as whole directory trees: a snapshot is a copy, a layer is what its digest says after a change.</summary>
internal sealed class FakeImages(string directory) : IBuildImages
{
    private readonly ConcurrentDictionary<string, string> trees = new();
    private readonly Dictionary<string, byte[]> bases = [];
    private int next;
    private int opened;

    public Dictionary<string, byte[]> Created { get; } = [];

    public List<string> Names { get; } = [];

    /// <summary>The latest time that each commit was told.</summary>
    public List<DateTimeOffset?> Latest { get; } = [];

    /// <summary>Promised layers that were needed.</summary>
    public ConcurrentBag<Digest> Fetched { get; } = [];

    public int Opened => opened;

    public void AddBase(string name, string configuration) => bases[name] = System.Text.Encoding.UTF8.GetBytes(configuration);

    /// <summary>The tree that an image's layers make.</summary>
    public string TreeOf(IReadOnlyList<Digest> diffIds) => diffIds.Count == 0 ? Empty() : trees[Key(diffIds)];

    public void Forget(IReadOnlyList<Digest> diffIds) => trees.TryRemove(Key(diffIds), out _);

    public Task<BaseImage> ResolveAsync(string reference, bool pull, Platform platform, IBuildOutput output, CancellationToken cancellationToken) =>
        bases.TryGetValue(reference, out byte[]? configuration)
            ? Task.FromResult(new BaseImage(Digest.Of(configuration), configuration))
            : throw EngineException.NotFound($"pull access denied for {reference}, repository does not exist or may require 'docker login'");

    public bool TryFind(string reference, [NotNullWhen(true)] out BaseImage? image)
    {
        image = bases.TryGetValue(reference, out byte[]? configuration) ? new BaseImage(Digest.Of(configuration), configuration) : null;
        return image is not null;
    }

    public bool HasLayers(IReadOnlyList<Digest> diffIds) => AreHere(diffIds) || Promised.ContainsKey(diffIds[^1]);

    public bool AreHere(IReadOnlyList<Digest> diffIds) => trees.ContainsKey(Key(diffIds));

    /// <summary>Other images that hand a layer over when it is needed; none: the promise is not kept.</summary>
    public ConcurrentDictionary<Digest, FakeImages?> Promised { get; } = new();

    public Task<IBuildSnapshot> OpenAsync(IReadOnlyList<Digest> diffIds, CancellationToken cancellationToken)
    {
        Ensure(diffIds);
        Interlocked.Increment(ref opened);
        string root = NewDirectory();
        Copy(TreeOf(diffIds), root);
        return Task.FromResult<IBuildSnapshot>(new FakeSnapshot(this, root, [.. diffIds]));
    }

    public Task<BuiltLayer?> SquashAsync(IReadOnlyList<Digest> below, IReadOnlyList<Digest> above, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        Ensure([.. below, .. above]);
        return Task.FromResult(Commit(TreeOf([.. below, .. above]), below, below));
    }

    public Task<Digest> CreateAsync(ReadOnlyMemory<byte> configuration, IReadOnlyList<ImageReference> names, CancellationToken cancellationToken)
    {
        Ensure(LayersOf(configuration));
        Digest id = Digest.Of(configuration.Span);
        Created[id.ToString()] = configuration.ToArray();
        Names.AddRange(names.Select(name => name.Familiar));
        return Task.FromResult(id);
    }

    public void Dispose()
    {
    }

    internal BuiltLayer? Commit(string root, IReadOnlyList<Digest> parent, IReadOnlyList<Digest> onto)
    {
        Digest before = DigestOf(TreeOf(parent));
        Digest after = DigestOf(root);
        if (before == after)
            return null;
        string tree = NewDirectory();
        Copy(TreeOf(onto), tree);
        Copy(root, tree);
        trees[Key([.. onto, after])] = tree;
        return new BuiltLayer(after, 1);
    }

    private static Digest[] LayersOf(ReadOnlyMemory<byte> configuration) =>
        [.. System.Text.Json.JsonDocument.Parse(configuration).RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(id => Digest.Parse(id.GetString()!))];

    private void Ensure(IReadOnlyList<Digest> diffIds)
    {
        for (int count = 1; count <= diffIds.Count; count++)
        {
            IReadOnlyList<Digest> chain = [.. diffIds.Take(count)];
            if (trees.ContainsKey(Key(chain)))
                continue;
            if (!Promised.TryRemove(chain[^1], out FakeImages? source) || source is null)
                throw new LayersLostException($"layer {chain[^1].Short} is lost");
            string tree = NewDirectory();
            Copy(source.TreeOf(chain), tree);
            trees[Key(chain)] = tree;
            Fetched.Add(chain[^1]);
        }
    }

    private string Empty()
    {
        string path = Path.Combine(directory, "empty");
        Directory.CreateDirectory(path);
        return path;
    }

    private string NewDirectory()
    {
        string path = Path.Combine(directory, $"tree-{Interlocked.Increment(ref next)}");
        Directory.CreateDirectory(path);
        return path;
    }

    private static void Copy(string from, string to)
    {
        using var source = RootDirectory.Open(from);
        using var target = RootDirectory.Open(to);
        new TreeCopier(source, target, new CopyOptions()).CopyContent(UnixPath.Empty, UnixPath.Empty, CancellationToken.None);
    }

    private static Digest DigestOf(string path)
    {
        using var root = RootDirectory.Open(path);
        using var digest = new TreeDigest(root, new CopyOptions());
        digest.Add(UnixPath.Empty, CancellationToken.None);
        return Digest.Parse("sha256:" + digest.Finish());
    }

    private static string Key(IReadOnlyList<Digest> diffIds) => string.Join(',', diffIds);
}
