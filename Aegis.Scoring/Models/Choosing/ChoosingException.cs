namespace Aegis.Scoring.Models.Choosing;

/// <summary>A choice of models cannot be judged, trained or undone now; the message says why and what is allowed.</summary>
internal sealed class ChoosingException(string message) : InvalidOperationException(message);
