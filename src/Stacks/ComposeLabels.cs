namespace Argosy.Stacks;

/// <summary>Docker Compose's labels: by them both tools see the same projects.</summary>
public static class ComposeLabels
{
    public const string Project = "com.docker.compose.project";
    public const string Service = "com.docker.compose.service";
    public const string ContainerNumber = "com.docker.compose.container-number";
    public const string OneOff = "com.docker.compose.oneoff";
    public const string ConfigHash = "com.docker.compose.config-hash";
    public const string WorkingDirectory = "com.docker.compose.project.working_dir";
    public const string ConfigFiles = "com.docker.compose.project.config_files";
    public const string Version = "com.docker.compose.version";
    public const string DependsOn = "com.docker.compose.depends_on";
    public const string Image = "com.docker.compose.image";
    public const string Network = "com.docker.compose.network";
    public const string Volume = "com.docker.compose.volume";

    /// <summary>The id of the container that this one takes the place of.</summary>
    public const string Replace = "com.docker.compose.replace";

    /// <summary>Ours: the fingerprint of a network's or volume's settings. (Docker Compose's own fingerprint is computed differently.)</summary>
    public const string Settings = "argosy.stack.settings-hash";
}
