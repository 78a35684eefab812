using System.Reflection;

namespace Argosy.Core;

/// <summary>The version of this build, from Directory.Build.props.</summary>
public static class EngineVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(EngineVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    /// <summary>The source commit, when the build knew it; empty otherwise.</summary>
    public static string Commit { get; } =
        typeof(EngineVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit[..Math.Min(7, commit.Length)] : "";
}
