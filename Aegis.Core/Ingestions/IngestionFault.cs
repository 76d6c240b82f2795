namespace Aegis.Core.Ingestions;

/// <summary>A fault of an ingestion run.</summary>
/// <param name="Line">The line of the file or of NDJSON, or the item of an array, from 1.</param>
/// <param name="Text">What is wrong and what is allowed. Card numbers are masked.</param>
public sealed record IngestionFault(long Line, string Text);
