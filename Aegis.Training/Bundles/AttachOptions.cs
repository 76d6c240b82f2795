namespace Aegis.Training.Bundles;

/// <summary>Which model is attached to which bundle.</summary>
/// <param name="ModelPath">The bundle to read.</param>
/// <param name="ExternalPath">An ONNX file or a model that ML.NET saved.</param>
internal sealed record AttachOptions(string ModelPath, string ExternalPath);
