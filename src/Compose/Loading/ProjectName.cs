namespace Argosy.Compose;

/// <summary>Docker Compose's rules for a project's name.</summary>
internal static class ProjectName
{
    /// <summary>An explicit name must be valid as it stands.</summary>
    internal static string Checked(string name) => name == Normal(name) && name.Length > 0
        ? name
        : throw new ComposeException($"invalid project name \"{name}\": must consist only of lowercase alphanumeric characters, hyphens, and underscores as well as start with a letter or number");

    /// <summary>A directory's name is made valid.</summary>
    internal static string FromDirectory(string directory)
    {
        string name = Normal(Path.GetFileName(directory.TrimEnd('/')));
        return name.Length > 0 ? name : throw new ComposeException("project name must not be empty: use --project-name");
    }

    private static string Normal(string name) =>
        new string([.. name.ToLowerInvariant().Where(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')]).TrimStart('-', '_');
}
