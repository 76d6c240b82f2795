namespace Aegis.Core.Transactions;

/// <summary>The label of a transaction in a labelled data set; never part of the log.</summary>
/// <param name="IsFraud">True if the payment was fraudulent.</param>
/// <param name="Scenario">The kind of fraud, if the data set tells; otherwise null.</param>
public readonly record struct FraudLabel(bool IsFraud, string? Scenario = null);

/// <summary>A transaction with its label.</summary>
public readonly record struct LabelledTransaction(Transaction Transaction, FraudLabel Label);
