namespace Aegis.Scoring.Models;

/// <summary>A step of a rule cannot be taken as it stands; the message says why and what can.</summary>
internal sealed class RuleException(string message) : Exception(message);
