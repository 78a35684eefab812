namespace Argosy.Shop.Tests;

/// <summary>Where this repository lies.</summary>
public static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder of the shop.</summary>
    public static string Shop => Path.Combine(Root, "examples", "shop");

    private static string Find()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Argosy.slnx")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("the tests do not run inside of the repository");
    }
}
