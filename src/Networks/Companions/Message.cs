using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Companions;

/// <summary>What came at once.</summary>
/// <param name="Json">The request, or the answer.</param>
/// <param name="Descriptors">The receiver's to close.</param>
internal sealed record Message(byte[] Json, IReadOnlyList<SafeFileHandle> Descriptors);
