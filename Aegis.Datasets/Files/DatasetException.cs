namespace Aegis.Datasets.Files;

/// <summary>A file or map cannot be read; the message names the file, the place and what is allowed.</summary>
public sealed class DatasetException(string message, Exception? inner = null) : Exception(message, inner);
