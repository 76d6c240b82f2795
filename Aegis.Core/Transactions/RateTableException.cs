namespace Aegis.Core.Transactions;

/// <summary>A table of exchange rates cannot be used; the message says what is wrong and what is allowed.</summary>
public sealed class RateTableException(string message) : FormatException(message);
