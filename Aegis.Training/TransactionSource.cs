using Aegis.Core.Transactions;
using Aegis.Datasets;

namespace Aegis.Training;

/// <summary>Reads a file in which every line must be good, unless bad ones are to be skipped: training on half a file would go unseen.</summary>
internal static class TransactionSource
{
    public static IEnumerable<LabelledTransaction> Read(string path, string map, bool skipBad = false)
    {
        var reader = new CsvTransactionReader(path, ColumnMap.Load(map), TimeProvider.System.GetUtcNow());
        foreach (var row in reader.Read())
        {
            if (row.Transaction is null && skipBad)
            {
                continue;
            }

            if (row.Transaction is null)
            {
                throw new DatasetException($"{path}, line {row.Line}: {string.Join("; ", row.Faults)}.");
            }

            yield return new LabelledTransaction(row.Transaction, row.Label);
        }
    }
}
