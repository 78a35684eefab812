namespace Argosy.Runtime;

/// <summary>A host device given to a container.</summary>
/// <param name="PathOnHost">The device node; a directory gives every device below it.</param>
/// <param name="PathInContainer">Where it appears.</param>
/// <param name="Access">Of r (read), w (write) and m (mknod).</param>
public sealed record DeviceMapping(string PathOnHost, string PathInContainer, string Access = "rwm");
