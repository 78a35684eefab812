namespace Argosy.Shop.Tests;

/// <summary>What a program has answered.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Its output; fails the test when it did not succeed.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Errors}");
        return Output.TrimEnd('\n');
    }
}
