print("ptflow")
