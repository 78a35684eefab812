using Argosy.Core;

namespace Argosy.Volumes;

/// <summary>The rules for names; a name is a directory's name.</summary>
internal static class VolumeName
{
    /// <summary>Refuses what is none, in Docker's words.</summary>
    public static void Check(string name)
    {
        if (name.Length == 1)
            throw EngineException.Invalid("volume name is too short, names should be at least two alphanumeric characters");
        if (!IsOne(name))
            throw EngineException.Invalid($"create {name}: \"{name}\" includes invalid characters for a local volume name, only \"[a-zA-Z0-9][a-zA-Z0-9_.-]\" are allowed. If you intended to pass a host directory, use absolute path");
    }

    /// <summary>Whether it is one; those of one letter are, where they are there already.</summary>
    public static bool IsOne(string name) =>
        name.Length <= 255 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-');
}
