namespace Aegis.Core.Transactions;

/// <summary>What is known afterwards of a transaction in a labelled data set; never part of the log.</summary>
/// <param name="IsFraud">True where the payment was fraudulent.</param>
/// <param name="Scenario">Which kind of fraud, where the data set tells; null otherwise.</param>
public readonly record struct FraudLabel(bool IsFraud, string? Scenario = null);

/// <summary>A transaction with its label.</summary>
public readonly record struct LabelledTransaction(Transaction Transaction, FraudLabel Label);
