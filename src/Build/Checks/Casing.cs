namespace Argosy.Build.Checks;

/// <summary>In which case a word is written.</summary>
internal static class Casing
{
    public static bool IsLower(string word) => !word.Any(char.IsUpper);

    public static bool IsUpper(string word) => !word.Any(char.IsLower);
}
