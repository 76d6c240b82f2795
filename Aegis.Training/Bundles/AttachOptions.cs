namespace Aegis.Training.Bundles;

/// <summary>The bundle, and the model to attach to it.</summary>
/// <param name="ModelPath">The bundle to read.</param>
/// <param name="ExternalPath">An ONNX file or a model that ML.NET saved.</param>
internal sealed record AttachOptions(string ModelPath, string ExternalPath);
