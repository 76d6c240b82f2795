using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Supervision;

/// <summary>A resource keeps its files in this folder, and cannot run while the folder's volume is full.</summary>
/// <param name="Path">The folder.</param>
internal sealed record FileFolder(string Path) : IResourceAnnotation;
