namespace Argosy.Cli.Images;

/// <summary>Image names as messages show them.</summary>
internal static class ImageNames
{
    /// <summary>With the tag that is meant: <c>busybox</c> is <c>busybox:latest</c>.</summary>
    public static string Familiar(string image) => HasTagOrDigest(image) ? image : image + ":latest";

    public static bool HasTagOrDigest(string image) =>
        image.Contains('@', StringComparison.Ordinal) || image.LastIndexOf(':') > image.LastIndexOf('/');

    /// <summary>Repository and tag; the tag is empty when there is none.</summary>
    public static (string Repository, string Tag) Split(string image)
    {
        int colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? (image[..colon], image[(colon + 1)..]) : (image, "");
    }

    /// <summary>The registry's host, <c>docker.io</c> when none is named.</summary>
    public static string Registry(string image)
    {
        int slash = image.IndexOf('/', StringComparison.Ordinal);
        string first = slash < 0 ? "" : image[..slash];
        bool isHost = first.Contains('.', StringComparison.Ordinal) || first.Contains(':', StringComparison.Ordinal) || first == "localhost";
        return isHost ? first : "docker.io";
    }

    /// <summary>The whole name, as pull prints it last: <c>docker.io/library/busybox:latest</c>.</summary>
    public static string Canonical(string image) => Core.ImageReference.TryParse(image, out Core.ImageReference? reference) ? reference.ToString() : image;
}
