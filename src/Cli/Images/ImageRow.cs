using Argosy.Contract.Images;

namespace Argosy.Cli.Images;

/// <summary>One line of <c>argosy images</c>: an image under one of its names.</summary>
internal sealed record ImageRow(ImageSummary Image, string Repository, string Tag, string Digest)
{
    private const string None = "<none>";

    /// <summary>A line for each tag, and for each digest when they are shown or when a digest is the only name.</summary>
    public static IEnumerable<ImageRow> Of(ImageSummary image, bool withDigests)
    {
        string[] tags = [.. (image.RepoTags ?? []).Where(tag => tag != "<none>:<none>")];
        var digests = (image.RepoDigests ?? []).Where(digest => digest != "<none>@<none>").Select(digest => digest.Split('@', 2)).ToLookup(parts => parts[0], parts => parts[1]);
        if (tags.Length == 0)
        {
            IEnumerable<(string Repository, string Digest)> names = digests.SelectMany(group => group.Select(digest => (group.Key, digest)));
            return names.Any() ? names.Select(name => new ImageRow(image, name.Repository, None, name.Digest)) : [new ImageRow(image, None, None, None)];
        }
        return tags.Select(tag => ImageNames.Split(tag)).SelectMany(name => withDigests && digests.Contains(name.Repository)
            ? digests[name.Repository].Select(digest => new ImageRow(image, name.Repository, name.Tag, digest))
            : [new ImageRow(image, name.Repository, name.Tag, None)]);
    }
}
