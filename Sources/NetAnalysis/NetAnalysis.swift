// NetAnalysis
